/** WASI preview 1 error numbers. */
const OK = 0;
const BAD_FILE_DESCRIPTOR = 8;
const NOT_SUPPORTED = 52;

const FOLDER_DESCRIPTOR = 3;
const OUTPUT_DESCRIPTOR = 4;

class ProgramExit extends Error {}

/** One file in memory that grows as it is written. */
class OutputFile {
  #bytes = new Uint8Array(1 << 20);
  #length = 0;
  #position = 0;

  write(part: Uint8Array): void {
    const end = this.#position + part.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, end));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(part, this.#position);
    this.#position = end;
    this.#length = Math.max(this.#length, end);
  }

  /** `whence` as in WASI: 0 from the start, 1 from here, 2 from the end. */
  seek(offset: number, whence: number): number {
    const base = whence === 0 ? 0 : whence === 1 ? this.#position : this.#length;
    this.#position = Math.max(0, base + offset);
    return this.#position;
  }

  contents(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}

/**
 * Runs a command-line WASI program that writes one file, entirely in memory: any path it opens is that file.
 * Returns the file's bytes. The caller compiles the module, so that a run costs only its instantiation.
 */
export async function runWasiProgram(
  module: WebAssembly.Module,
  args: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const file = new OutputFile();
  const encodedArgs = args.map((arg) => Buffer.from(`${arg}\0`));
  const memory: { current: WebAssembly.Memory | null } = { current: null };
  // The memory's buffer is replaced when it grows, so views are never kept.
  const bytes = () => new Uint8Array(memory.current?.buffer ?? new ArrayBuffer(0));
  const view = () => new DataView(bytes().buffer);

  const imports = {
    args_sizes_get(countAt: number, sizeAt: number) {
      view().setUint32(countAt, encodedArgs.length, true);
      view().setUint32(
        sizeAt,
        encodedArgs.reduce((sum, arg) => sum + arg.length, 0),
        true,
      );
      return OK;
    },
    args_get(pointersAt: number, textAt: number) {
      let at = textAt;
      for (const [index, arg] of encodedArgs.entries()) {
        view().setUint32(pointersAt + 4 * index, at, true);
        bytes().set(arg, at);
        at += arg.length;
      }
      return OK;
    },
    fd_write(descriptor: number, vectorsAt: number, vectorCount: number, writtenAt: number) {
      let written = 0;
      for (let index = 0; index < vectorCount; index++) {
        const from = view().getUint32(vectorsAt + 8 * index, true);
        const length = view().getUint32(vectorsAt + 8 * index + 4, true);
        // The program's own output is ignored.
        if (descriptor === OUTPUT_DESCRIPTOR) file.write(bytes().subarray(from, from + length));
        written += length;
      }
      view().setUint32(writtenAt, written, true);
      return OK;
    },
    fd_seek(descriptor: number, offset: bigint, whence: number, positionAt: number) {
      if (descriptor !== OUTPUT_DESCRIPTOR) return BAD_FILE_DESCRIPTOR;
      view().setBigUint64(positionAt, BigInt(file.seek(Number(offset), whence)), true);
      return OK;
    },
    fd_fdstat_get(descriptor: number, statAt: number) {
      const directory = 3;
      const regularFile = 4;
      bytes().fill(0, statAt, statAt + 24);
      view().setUint8(statAt, descriptor === FOLDER_DESCRIPTOR ? directory : regularFile);
      view().setBigUint64(statAt + 8, 2n ** 64n - 1n, true);
      view().setBigUint64(statAt + 16, 2n ** 64n - 1n, true);
      return OK;
    },
    fd_prestat_get(descriptor: number, statAt: number) {
      if (descriptor !== FOLDER_DESCRIPTOR) return BAD_FILE_DESCRIPTOR;
      view().setUint32(statAt, 0, true);
      view().setUint32(statAt + 4, 1, true);
      return OK;
    },
    fd_prestat_dir_name(_descriptor: number, nameAt: number) {
      bytes().set(Buffer.from('/'), nameAt);
      return OK;
    },
    path_open(...parameters: (number | bigint)[]) {
      view().setUint32(Number(parameters.at(-1)), OUTPUT_DESCRIPTOR, true);
      return OK;
    },
    clock_time_get(_clock: number, _precision: bigint, timeAt: number) {
      view().setBigUint64(timeAt, BigInt(Date.now()) * 1_000_000n, true);
      return OK;
    },
    fd_close: () => OK,
    fd_fdstat_set_flags: () => OK,
    fd_read: () => NOT_SUPPORTED,
    proc_exit() {
      throw new ProgramExit();
    },
  };

  const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: imports });
  const { memory: exported, _start: start } = exports;
  if (!(exported instanceof WebAssembly.Memory) || typeof start !== 'function') {
    throw new Error('This is not a WASI program.');
  }
  memory.current = exported;
  try {
    start();
  } catch (error) {
    if (!(error instanceof ProgramExit)) throw error;
  }
  return file.contents();
}
