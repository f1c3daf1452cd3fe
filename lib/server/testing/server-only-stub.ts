// Vitest runs server files outside React's server condition, where the real `server-only` throws.
export {};
