/**
 * Whole objects in Redis under their id: versioned, loaded once for all clones, and
 * answered by their origin when Redis is slow or gone.
 */
@NullMarked
package dev.agora.platform.cache;

import org.jspecify.annotations.NullMarked;
