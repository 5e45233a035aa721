package dev.agora.product.planted;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Blocks its caller's thread. */
public final class BlockingPolicy {

	@Nullable String response() {
		return Mono.just("now").block();
	}

}
