// The tus server of the people who wrote tus, for our client to talk to: node tus_server.mjs PORT FOLDER
import { Server } from "@tus/server";
import { FileStore } from "@tus/file-store";

const [port, folder] = process.argv.slice(2);
const server = new Server({ path: "/files", datastore: new FileStore({ directory: folder }), respectForwardedHeaders: false });
server.listen({ host: "127.0.0.1", port: Number(port) }, () => console.log("listening"));
