// Tested in tracing.test. Only `spans.ts` loads this file, and only where traces are on.
import 'server-only';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
} from '@opentelemetry/sdk-trace-base';
import { z } from 'zod';
import { traceIdsOf } from '@/lib/server/platform/trace-id';
import type { FinishedSpan, SpanExport } from '@/lib/server/tracing/finished-span';
import { ATTRIBUTES } from '@/lib/server/tracing/names';
import { BUILD } from '@/lib/shared/build';

/** Random ids, unless the span has one that every process must arrive at. */
class ChosenIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  chosen: { traceId: string; spanId?: string } | null = null;
  generateTraceId = () => this.chosen?.traceId ?? this.#random.generateTraceId();
  generateSpanId = () => this.chosen?.spanId ?? this.#random.generateSpanId();
}

/** Returns what sends the spans: the SDK, this build of the site, and what `OTEL_RESOURCE_ATTRIBUTES` adds. */
const describeSender = (serviceName: string) =>
  defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName, 'service.version': BUILD }))
    .merge(detectResources({ detectors: [envDetector] }));

/** The exporter's own error. Other errors have words there. */
const Refusal = z.object({ code: z.number() });

/** The receiver did not take the spans. `status`: what it answered, if it did. */
class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly status: number | undefined;

  constructor(cause: unknown) {
    super('The receiver of traces did not take them.', { cause });
    this.status = Refusal.safeParse(cause).data?.code;
  }
}

/** The SDK rejects with a list of errors, one for each processor: there is one. */
function refuse(error: unknown): never {
  throw new ExportError(Array.isArray(error) ? error[0] : error);
}

/**
 * Starts exporting to the address of the environment: the exporter reads `OTEL_EXPORTER_OTLP_…` itself, the provider
 * `OTEL_TRACES_SAMPLER`. Nothing is registered globally, so no span but ours can leave: Next's own hold addresses with
 * their queries.
 */
export function createExport(serviceName: string): SpanExport {
  const ids = new ChosenIds();
  const provider = new BasicTracerProvider({
    resource: describeSender(serviceName),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer('parley');

  return {
    add({ callId, name, isRoot, isToProvider, spanId, beganMs, endedMs, attributes, error }: FinishedSpan) {
      const { traceId, rootSpanId } = traceIdsOf(callId);
      const parent = { traceId, spanId: rootSpanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
      const context = isRoot ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
      const chosenSpanId = isRoot ? rootSpanId : spanId;
      ids.chosen = { traceId, ...(chosenSpanId ? { spanId: chosenSpanId } : {}) };
      const kind = isToProvider ? SpanKind.CLIENT : SpanKind.INTERNAL;
      const span = tracer.startSpan(name, { kind, startTime: beganMs, attributes }, context);
      ids.chosen = null;
      if (error !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute(ATTRIBUTES.error, error);
      span.end(endedMs);
    },
    flush: () => provider.forceFlush().catch(refuse),
  };
}
