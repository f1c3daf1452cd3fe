/** The fields OpenAI puts into every error, over HTTP and on the data channel. */
export interface ErrorFields {
  message: string;
  type: string;
  code: string | null;
  param: string | null;
}

/** A refused request or client event, in OpenAI's wording. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: ErrorFields;

  constructor(status: number, code: string | null, message: string, param: string | null = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.fields = { message, type: errorType(status), code, param };
  }
}

/**
 * Converts anything thrown to an error for the client. An unexpected one is a bug of the sandbox, and is
 * printed.
 */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  console.error('The sandbox has a bug:', error);
  return new ApiError(500, null, 'The server had an error processing your request.');
}

function errorType(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}
