package dev.agora.feed.beta;

import dev.agora.feed.alpha.Alpha;
import org.jspecify.annotations.Nullable;

/** The second half of a circle between packages. */
public record Beta(@Nullable Alpha alpha) {
}
