import { env, type InferenceSession } from 'onnxruntime-web';

/** One thread for each model: several calls share two cores, and the runtime's own threads would compete. */
export function onnxOptions(): InferenceSession.SessionOptions {
  env.wasm.numThreads = 1;
  env.logLevel = 'error';
  return { executionProviders: ['wasm'], graphOptimizationLevel: 'all' };
}
