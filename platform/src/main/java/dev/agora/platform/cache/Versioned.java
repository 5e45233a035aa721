package dev.agora.platform.cache;

/**
 * A value with the version of its source.
 */
public record Versioned<T>(long version, T value) {
}
