package dev.agora.launcher.load;

import java.util.List;

/**
 * What a file holds.
 *
 * @param good the rows that can be used
 * @param bad those that cannot
 * @param <T> what a row stands for
 */
record ParsedRows<T>(List<T> good, List<BadRow> bad) {
}
