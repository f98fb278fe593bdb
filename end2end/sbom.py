#!/usr/bin/env python3
"""Writes what a release of Lectern is made of, as CycloneDX 1.6 (JSON): python3 end2end/sbom.py OUT

The crates that are linked into the program and into the browser's half, or that run while these are built (scope "optional"), as
cargo resolves them for this machine and for WebAssembly, with the checksums of Cargo.lock; and the packages that are bundled into
the browser's scripts or bundle them. Tests and their tools are left out. The same sources make the same file.
"""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tomllib
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
WASM = "wasm32-unknown-unknown"
# of the packages that frontend/package.json names: those that build, and those that only test; all others are bundled
BUILDING = {"binaryen", "esbuild", "lightningcss"}
TESTING = {"@types/node", "playwright-core", "typescript"}


def said(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def metadata(target: str) -> dict:
    return json.loads(said("cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target))


def reached(known: dict, root: str) -> dict[str, bool]:
    """The ids of what `root` needs, itself too; true: it is linked in, false: it only runs while something is built."""
    edges = {node["id"]: node["deps"] for node in known["resolve"]["nodes"]}
    macros = {
        package["id"]
        for package in known["packages"]
        if any(kind == "proc-macro" for target in package["targets"] for kind in target["kind"])
    }
    found: dict[str, bool] = {}
    open_ = [(package["id"], True) for package in known["packages"] if package["name"] == root]
    while open_:
        id_, linked = open_.pop()
        linked = linked and id_ not in macros
        if id_ in found and (found[id_] or not linked):
            continue
        found[id_] = linked
        for dep in edges[id_]:
            kinds = {kind["kind"] for kind in dep["dep_kinds"]}
            if kinds & {None, "normal"}:
                open_.append((dep["pkg"], linked))
            elif "build" in kinds:
                open_.append((dep["pkg"], False))
    return found


def licence(expression: str | None) -> list[dict]:
    # older crates write MIT/Apache-2.0
    return [{"expression": expression.replace("/", " OR ")}] if expression else []


def crates() -> tuple[dict[str, dict], dict[str, set[str]]]:
    with open(ROOT / "Cargo.lock", "rb") as file:
        locked = {(one["name"], one["version"]): one.get("checksum") for one in tomllib.load(file)["package"]}
    host = next(line.split(": ")[1] for line in said("rustc", "-vV").splitlines() if line.startswith("host: "))
    parts: dict[str, dict] = {}
    needs: dict[str, set[str]] = {}
    for target, root in [(host, "lectern"), (WASM, "frontend")]:
        known = metadata(target)
        packages = {package["id"]: package for package in known["packages"]}
        edges = {node["id"]: node["deps"] for node in known["resolve"]["nodes"]}
        found = reached(known, root)
        ref = {id_: f"pkg:cargo/{packages[id_]['name']}@{packages[id_]['version']}" for id_ in found}
        for id_, linked in found.items():
            package = packages[id_]
            part = parts.setdefault(ref[id_], {
                "type": "library",
                "bom-ref": ref[id_],
                "name": package["name"],
                "version": package["version"],
                "scope": "optional",
                "licenses": licence(package.get("license")),
                "purl": ref[id_],
            })
            if linked:
                part["scope"] = "required"
            if checksum := locked.get((package["name"], package["version"])):
                part["hashes"] = [{"alg": "SHA-256", "content": checksum}]
            if package.get("repository"):
                part["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
            there = needs.setdefault(ref[id_], set())
            there.update(ref[dep["pkg"]] for dep in edges[id_] if dep["pkg"] in ref and {k["kind"] for k in dep["dep_kinds"]} != {"dev"})
    return parts, needs


def packages() -> dict[str, dict]:
    """What of npm is bundled into the browser's scripts, and the tools that bundle them."""
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    parts: dict[str, dict] = {}
    roots = [name for name in lock[""]["devDependencies"] if name not in TESTING]
    # tools last: what is bundled and also a tool's stays in the program
    open_ = [(name, "optional") for name in roots if name in BUILDING] + [(name, "required") for name in roots if name not in BUILDING]
    while open_:
        name, scope = open_.pop()
        package = lock[f"node_modules/{name}"]
        ref = f"pkg:npm/{urllib.parse.quote(name, safe='/')}@{package['version']}"
        if ref in parts:
            continue
        parts[ref] = {
            "type": "library",
            "bom-ref": ref,
            "name": name,
            "version": package["version"],
            "scope": scope,
            "licenses": licence(package.get("license")),
            "purl": ref,
        }
        algorithm, _, digest = package.get("integrity", "").partition("-")
        if algorithm == "sha512":
            parts[ref]["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
        open_ += [(needed, scope) for needed in package.get("dependencies", {}) if f"node_modules/{needed}" in lock]
    return parts


def main() -> None:
    (out,) = sys.argv[1:]
    parts, needs = crates()
    [whole] = [ref for ref in parts if ref.startswith("pkg:cargo/lectern@")]
    needs[whole].update(ref for ref in parts if ref.startswith("pkg:cargo/frontend@"))
    parts |= packages()
    product = parts.pop(whole) | {"type": "application"}
    product.pop("scope")
    components = [parts[ref] for ref in sorted(parts)]
    body = {
        "metadata": {"component": product},
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": sorted(needs[ref])} for ref in sorted(needs)],
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    bom = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
    } | body
    path = pathlib.Path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bom, indent=1, ensure_ascii=False) + "\n", "utf-8")
    nameless = sorted(part["purl"] for part in components if not part["licenses"])
    print(f"==> {out}: {len(components)} parts, {sum(part['scope'] == 'required' for part in components)} of them in the program")
    if nameless:
        print(f"    without a licence of their own: {', '.join(nameless)}")


if __name__ == "__main__":
    main()
