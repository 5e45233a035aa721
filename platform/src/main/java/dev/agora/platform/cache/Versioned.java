package dev.agora.platform.cache;

/**
 * An object with its version in the system of record.
 */
public record Versioned<T>(long version, T value) {
}
