/**
 * Copies the recogniser's models into the package before it is packed. Their own package declares dependencies of half a
 * gigabyte that the recogniser does not use, and only a root project can override those.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = import.meta.resolve('@moonshine-ai/moonshine-js');
const target = new URL('./models/', import.meta.url);

await mkdir(target, { recursive: true });
for (const path of ['encoder_model.onnx', 'decoder_model_merged.onnx']) {
  await copyFile(new URL(`./model/tiny/quantized/${path}`, source), new URL(path, target));
}
await copyFile(new URL('../LICENSE', source), new URL('LICENSE', target));
console.error(`Copied the models to ${fileURLToPath(target)}`);
