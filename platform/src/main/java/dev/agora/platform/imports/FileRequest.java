package dev.agora.platform.imports;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.platform.identity.Caller;

/**
 * A request to import a file.
 *
 * @param caller the member who imports it
 * @param http the request, whose body is the file
 * @param key the idempotency key, or null
 */
public record FileRequest(Caller caller, ServerHttpRequest http, @Nullable String key) {
}
