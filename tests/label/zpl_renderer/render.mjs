// Renders ZPL jobs: a line "FILE WIDTH HEIGHT" on standard input, the paper in dots, is answered by
// the pictures FILE.1.png, FILE.2.png ... and a line with their count.
import fs from "node:fs";
import { ready } from "zpl-renderer-js";

// The renderer wants millimetres. Any number of dots to one will do: dots are all we draw.
const dotsPerMillimetre = 8;

const { api } = await ready;
for (const line of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [file, width, height] = line.split(" ");
  const labels = await api.zplToBase64MultipleAsync(
    fs.readFileSync(file, "latin1"),
    Number(width) / dotsPerMillimetre,
    Number(height) / dotsPerMillimetre,
    dotsPerMillimetre,
  );
  labels.forEach((label, i) => fs.writeFileSync(`${file}.${i + 1}.png`, Buffer.from(label, "base64")));
  console.log(labels.length);
}
process.exit(0); // the renderer's own thread would wait for more
