package dev.agora.feed.alpha;

import dev.agora.feed.beta.Beta;
import org.jspecify.annotations.Nullable;

/** Half a circle. */
public record Alpha(@Nullable Beta beta) {
}
