export type Measures = { duration_seconds?: number; width?: number; height?: number };

const PATIENCE = 5000;

/** What the browser itself can tell about a file before it is sent; nothing where it cannot read it. */
export async function probe(file: File): Promise<Measures> {
  const kind = file.type.split("/")[0];
  if (kind !== "video" && kind !== "audio" && kind !== "image") return {};
  const address = URL.createObjectURL(file);
  try {
    return await Promise.race([kind === "image" ? ofImage(address) : ofMedia(kind, address), new Promise<Measures>((done) => setTimeout(done, PATIENCE, {}))]);
  } catch {
    return {};
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function ofImage(address: string): Promise<Measures> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return { width: image.naturalWidth, height: image.naturalHeight };
}

function ofMedia(kind: "video" | "audio", address: string): Promise<Measures> {
  return new Promise((done, fail) => {
    const media = document.createElement(kind);
    media.preload = "metadata";
    media.onerror = fail;
    media.onloadedmetadata = () => {
      const measures: Measures = Number.isFinite(media.duration) ? { duration_seconds: Math.round(media.duration * 1000) / 1000 } : {};
      if (media instanceof HTMLVideoElement && media.videoWidth > 0) Object.assign(measures, { width: media.videoWidth, height: media.videoHeight });
      media.removeAttribute("src");
      done(measures);
    };
    media.src = address;
  });
}
