package dev.agora.feed.planted.beta;

import dev.agora.feed.planted.alpha.Alpha;
import org.jspecify.annotations.Nullable;

/** The other half. */
public record Beta(@Nullable Alpha alpha) {
}
