// A file by tus-js-client, as anybody would use it: node tus_upload.mjs, with what to do as a line of JSON on stdin.
//
// "key": a person's key, in a header; or "device" and "seed": each request signed, in the client's own httpStack.
// "after" and "then": after so many parts "wait" for another line, or "die". Prints "waiting", and the address at the end.
import { createHash, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import tus from "tus-js-client";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const todo = JSON.parse((await lines.next()).value);
const { DefaultHttpStack, FileUrlStorage, Upload } = tus;

function signature(method, path, body) {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.from(todo.seed, "hex")]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const digest = createHash("sha256").update(body ?? "").digest();
  const message = Buffer.concat([Buffer.from(`fieldkit/request/v1\0${method} ${path}\n`), digest]);
  return sign(null, message, key).toString("base64");
}

class SigningStack {
  plain = new DefaultHttpStack({});
  getName = () => "signing";
  createRequest(method, url) {
    const request = this.plain.createRequest(method, url);
    const send = request.send.bind(request);
    request.send = (body) => {
      const meant = request.getHeader("X-HTTP-Method-Override") ?? method;
      request.setHeader("FieldKit-Device", todo.device);
      request.setHeader("FieldKit-Signature", signature(meant, new URL(url).pathname, body));
      return send(body);
    };
    return request;
  }
}

let parts = 0;
const data = readFileSync(todo.file);
const upload = new Upload(data, {
  endpoint: todo.url,
  chunkSize: todo.chunk,
  metadata: { revision: todo.revision },
  headers: todo.key ? { Authorization: `Bearer ${todo.key}` } : {},
  ...(todo.seed ? { httpStack: new SigningStack() } : {}),
  ...(todo.override ? { overridePatchMethod: true } : {}),
  urlStorage: new FileUrlStorage(todo.memory),
  fingerprint: async () => `file ${todo.file}`,
  retryDelays: [50, 100, 200, 400, 800, 1600, 3200],
  onChunkComplete: () => {
    parts += 1;
    if (todo.then === "die" && parts === todo.after) process.exit(9);
  },
  onBeforeRequest: async () => {
    if (todo.then === "wait" && parts === todo.after) {
      todo.then = "";
      console.log("waiting");
      await lines.next();
    }
  },
  onSuccess: () => {
    console.log(upload.url);
    process.exit(0);
  },
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
});
const before = await upload.findPreviousUploads();
if (before.length) upload.resumeFromPreviousUpload(before[0]);
upload.start();
