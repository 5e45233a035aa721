package dev.agora.feed.alpha;

import dev.agora.feed.beta.Beta;
import org.jspecify.annotations.Nullable;

/** The first half of a circle between packages. */
public record Alpha(@Nullable Beta beta) {
}
