package dev.agora.measure;

import dev.agora.measure.history.Level;

/**
 * A member who reads at one level.
 *
 * @param level the level of all reads
 * @param authorization the header of a session
 * @param tokens whether the requests have the token of the last write
 */
record CapReader(Level level, String authorization, boolean tokens) {
}
