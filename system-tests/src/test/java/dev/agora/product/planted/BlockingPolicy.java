package dev.agora.product.planted;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Waits where it must not. */
public final class BlockingPolicy {

	@Nullable String answer() {
		return Mono.just("now").block();
	}

}
