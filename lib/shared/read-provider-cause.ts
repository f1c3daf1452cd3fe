import type { ProviderCause } from '@/lib/shared/provider-cause';

/** An error as the provider reports it. Everything in it may be missing or of any type. */
export interface ProviderError {
  code?: unknown;
  type?: unknown;
  param?: unknown;
  /** Only tested for a few words; it may quote a part of the key. */
  message?: unknown;
}

/** By `code`, or by `type` where the code is empty. */
const BY_CODE: Readonly<Record<string, ProviderCause>> = {
  invalid_api_key: 'key_refused',
  account_deactivated: 'key_refused',
  invalid_organization: 'key_refused',
  authentication_error: 'key_refused',
  missing_scope: 'key_restricted',
  insufficient_permissions: 'key_restricted',
  expired_client_secret: 'secret_refused',
  insufficient_quota: 'no_credit',
  billing_hard_limit_reached: 'no_credit',
  billing_not_active: 'no_credit',
  model_not_found: 'model_refused',
  invalid_model: 'model_refused',
  invalid_voice: 'voice_refused',
  voice_not_found: 'voice_refused',
  unsupported_country_region_territory: 'country_refused',
  invalid_offer: 'offer_refused',
  rate_limit_exceeded: 'rate_limit',
  engine_overloaded: 'overloaded',
  server_error: 'outage',
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const findByCode = ({ code, type }: ProviderError): ProviderCause | null => {
  const known = [asText(code), asText(type)].find((name) => Object.hasOwn(BY_CODE, name));
  return known === undefined ? null : (BY_CODE[known] ?? null);
};

/** 400 and 422: the parameter at fault says what was refused. Without one, it is the offer, if there was one. */
function findByParameter({ param }: ProviderError, hasOffer: boolean): ProviderCause {
  const name = asText(param);
  if (/voice/.test(name)) return 'voice_refused';
  if (/(^|\.)model$/.test(name)) return 'model_refused';
  return hasOffer && !name.startsWith('session') ? 'offer_refused' : 'setting_refused';
}

/** Returns the cause that the status alone names. */
function findByStatus(status: number, error: ProviderError, hasOffer: boolean): ProviderCause {
  switch (status) {
    case 400:
    case 422:
      return findByParameter(error, hasOffer);
    case 401:
      return 'key_refused';
    case 402:
      return 'no_credit';
    case 403:
      return 'key_restricted';
    case 404:
    case 405:
      return 'address_unknown';
    case 429:
      return 'rate_limit';
    default:
      return 'outage';
  }
}

/**
 * Returns why the provider refused a request with this status. `hasOffer`: the request brought an SDP offer.
 * Statuses and codes: the provider's error reference.
 */
export function readRefusalCause(status: number, error: ProviderError, hasOffer: boolean): ProviderCause {
  // Whatever else it says, it is not about the account.
  if (status >= 500) return status === 503 ? 'overloaded' : 'outage';
  // A key without a permission is refused with 401 as well, and then only the words tell it from a wrong key.
  const isAboutScopes = /missing scopes|insufficient permissions/i.test(asText(error.message));
  if (isAboutScopes && (status === 401 || status === 403)) return 'key_restricted';
  return findByCode(error) ?? findByStatus(status, error, hasOffer);
}

/** Returns the cause of an error inside a call, or `null` for one that says nothing of the account or the service. */
export const readEventCause = (error: ProviderError): ProviderCause | null => findByCode(error);
