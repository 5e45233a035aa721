package dev.agora.gateway.resilience;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests of one route are in the gateway at a time.
 *
 * @param inFlight never more than these; a route's metadata may say another number
 * @param first how many at the start, before anything was measured
 * @param least so many are always let in, however long they take; with as many as
 * {@code inFlight} nothing is shed by what was measured
 * @param window over which time the requests' times are averaged
 * @param retryAfter when one that was refused may try again
 */
@ConfigurationProperties("gateway.shed")
public record LoadSheddingSettings(@DefaultValue("256") int inFlight, @DefaultValue("128") int first,
		@DefaultValue("32") int least, @DefaultValue("250ms") Duration window,
		@DefaultValue("1s") Duration retryAfter) {
}
