/**
 * The cache of whole objects in Redis: entries have versions, each object is loaded once
 * in the cluster, and its origin serves it while Redis is slow or unavailable.
 */
@NullMarked
package dev.agora.platform.cache;

import org.jspecify.annotations.NullMarked;
