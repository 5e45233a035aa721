package dev.agora.feed.beta;

import dev.agora.feed.alpha.Alpha;
import org.jspecify.annotations.Nullable;

/** The other half. */
public record Beta(@Nullable Alpha alpha) {
}
