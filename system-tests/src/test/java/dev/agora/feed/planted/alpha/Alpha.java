package dev.agora.feed.planted.alpha;

import dev.agora.feed.planted.beta.Beta;
import org.jspecify.annotations.Nullable;

/** Half a circle. */
public record Alpha(@Nullable Beta beta) {
}
