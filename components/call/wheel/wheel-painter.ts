import type { VisualMode } from '@/components/call/wheel/visual-mode';
import {
  ECHO_LENGTH,
  framesPerSecond,
  SPOKES,
  type Spoke,
  shapeSpoke,
} from '@/components/call/wheel/wheel-shape';
import type { Levels } from '@/lib/client/audio/levels';

const FIELDS = ['outward', 'inward', 'agent', 'user'] as const;
/** Seconds in which a spoke covers two thirds of the way to its target. */
const GLIDE_SECONDS = 0.09;
/** Radius of the rim as a share of half the canvas; the rest is room for the loudest spokes. */
const RIM = 0.7;
/** Levels are perceptual, so speech is always fairly loud; this exponent makes syllables visible again. */
const CONTRAST = 2.2;
/** Below this width every other spoke is left out, since they would run together. */
const SMALL_PX = 120;
/** Time in which the spokes of a steady mode reach their targets. */
const SETTLE_SECONDS = 0.8;
const STEADY: ReadonlySet<VisualMode> = new Set(['trouble', 'quiet', 'asking']);

const newSpoke = (): Spoke => ({ outward: 0, inward: 0, agent: 0, user: 0 });

function push(history: Float32Array, value: number): void {
  history.copyWithin(1, 0);
  history[0] = value;
}

/** Creates a painter that draws the wheel on a canvas and keeps its recent shape and levels. */
export function createWheelPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d');
  const spokes = Array.from({ length: SPOKES }, newSpoke);
  const echo = { user: new Float32Array(ECHO_LENGTH), agent: new Float32Array(ECHO_LENGTH) };
  let mode: VisualMode | null = null;
  let lastMs = 0;
  let modeSinceMs = 0;

  const resize = () => {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const side = Math.round(canvas.clientWidth * ratio);
    const changed = canvas.width !== side;
    if (changed) {
      canvas.width = side;
      canvas.height = side;
    }
    return side;
  };

  const glide = (next: VisualMode, seconds: number, share: number) => {
    for (const [index, spoke] of spokes.entries()) {
      const wanted = shapeSpoke(next, index, seconds, echo);
      for (const field of FIELDS) spoke[field] += (wanted[field] - spoke[field]) * share;
    }
  };

  const draw = (side: number) => {
    if (!context) return;
    const style = getComputedStyle(canvas);
    const layers = [
      { colour: style.getPropertyValue('--line-strong'), alpha: () => 0.55 },
      { colour: style.getPropertyValue('--ink'), alpha: (spoke: Spoke) => spoke.user },
      { colour: style.getPropertyValue('--accent'), alpha: (spoke: Spoke) => spoke.agent },
    ];
    const half = side / 2;
    context.clearRect(0, 0, side, side);
    context.lineCap = 'round';
    context.lineWidth = Math.max(1.5, side / (canvas.clientWidth < SMALL_PX ? 60 : 130));
    const every = canvas.clientWidth < SMALL_PX ? 2 : 1;
    for (const [index, spoke] of spokes.entries()) {
      if (index % every !== 0 || spoke.outward + spoke.inward < 0.004) continue;
      const angle = (index / SPOKES) * Math.PI * 2 - Math.PI / 2;
      const [x, y] = [Math.cos(angle) * half, Math.sin(angle) * half];
      const [from, to] = [RIM - spoke.inward, RIM + spoke.outward];
      context.beginPath();
      context.moveTo(half + x * from, half + y * from);
      context.lineTo(half + x * to, half + y * to);
      for (const { colour, alpha } of layers) {
        context.globalAlpha = alpha(spoke);
        context.strokeStyle = colour;
        if (context.globalAlpha > 0.01) context.stroke();
      }
    }
  };

  return {
    /** Draws one frame. `still`: shows the mode without any movement. */
    paint(next: VisualMode, levels: Levels, nowMs: number, still: boolean): void {
      if (mode !== next) {
        mode = next;
        modeSinceMs = nowMs;
      }
      const elapsed = Math.min(0.25, (nowMs - lastMs) / 1000);
      lastMs = nowMs;
      if (!still) {
        push(echo.user, levels.user ** CONTRAST);
        push(echo.agent, levels.agent ** CONTRAST);
      }
      glide(next, still ? 0 : nowMs / 1000, still ? 1 : 1 - Math.exp(-elapsed / GLIDE_SECONDS));
      draw(resize());
    },
    /** Returns how often to paint now. */
    framesPerSecond(next: VisualMode, nowMs: number, still: boolean): number {
      const settled = mode === next && nowMs - modeSinceMs > SETTLE_SECONDS * 1000;
      return settled && STEADY.has(next) ? 1 : framesPerSecond(next, still);
    },
  };
}
