import { type Editor, Extension } from "@tiptap/core";
import { Plugin, Selection } from "@tiptap/pm/state";
import type { Words } from "../elements/labels.ts";
import { Refused, TusUpload } from "../elements/upload/tus.ts";

const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];

export const imagesOf = (files: FileList | null | undefined): File[] => [...(files ?? [])].filter(({ type }) => KINDS.includes(type));

/** Sends an image and puts it in where the caret is; `say` tells the person how it goes. */
export async function insertImage(editor: Editor, file: File, endpoint: string, words: Words, say: (text: string) => void): Promise<void> {
  const upload = new TusUpload(file, endpoint, "image", (_state, sent) => say(words("image_sending", { percent: Math.floor((sent / (file.size || 1)) * 100) })));
  try {
    const { url } = await upload.run();
    if (!url) throw new Refused("");
    say("");
    const alt = file.name.replace(/\.[^.]+$/, "");
    editor.chain().focus().setImage({ src: url, alt }).run();
  } catch (error) {
    const reason = error instanceof Error && error.message ? error.message : file.name;
    say(words("image_failed", { reason }));
  }
}

/** Images that are pasted or dropped. */
export function droppedImages(take: (files: File[]) => void): Extension {
  return Extension.create({
    name: "droppedImages",
    addProseMirrorPlugins() {
      return [
        new Plugin({
          props: {
            handlePaste: (_view, event) => {
              const files = imagesOf(event.clipboardData?.files);
              // A word processor puts a picture of the text beside the text itself: the text is meant.
              if (files.length === 0 || event.clipboardData?.types.includes("text/html")) return false;
              take(files);
              return true;
            },
            handleDrop: (view, event) => {
              const files = imagesOf((event as DragEvent).dataTransfer?.files);
              if (files.length === 0) return false;
              event.preventDefault();
              const at = view.posAtCoords({ left: (event as DragEvent).clientX, top: (event as DragEvent).clientY });
              if (at) view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at.pos))));
              take(files);
              return true;
            },
          },
        }),
      ];
    },
  });
}
