package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The concurrency limits of the reads, and of the writes, of each route.
 *
 * @param inFlight the fixed bound on requests in flight, unless the route's metadata have
 * another
 * @param initial the adaptive concurrency limit of a route at the start
 * @param min the least value of the adaptive limit; if it is as large as
 * {@code in-flight}, the limit is fixed
 * @param window the time over which latencies are averaged
 * @param retryAfter when a rejected request may be repeated
 */
@ConfigurationProperties("gateway.shed")
public record LoadSheddingSettings(@DefaultValue("256") int inFlight, @DefaultValue("128") int initial,
		@DefaultValue("32") int min, @DefaultValue("250ms") Duration window, @DefaultValue("1s") Duration retryAfter) {
}
