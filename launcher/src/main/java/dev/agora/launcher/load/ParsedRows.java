package dev.agora.launcher.load;

import java.util.List;

/**
 * The rows of a file.
 *
 * @param good the valid rows, parsed
 * @param bad the invalid rows
 * @param <T> the type of a parsed row
 */
record ParsedRows<T>(List<T> good, List<BadRow> bad) {
}
