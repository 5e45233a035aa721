package dev.agora.gateway.edge;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the gateway meets the outside.
 *
 * @param trustedProxies whose {@code X-Forwarded-For} is believed, for example
 * {@code 10.0.0.0/8}; by default nobody's
 * @param requestTimeout how long a client may take to send the head of a request
 * @param slowestBody what a client must send of a body in a second, once the time for the
 * head is used up
 * @param maxHeaders how many headers a request may have
 * @param strictTransport for how long browsers are to use TLS alone; zero says nothing
 * @param cors pages of which other sites may use the API
 */
@ConfigurationProperties("gateway.edge")
public record EdgeSettings(@DefaultValue List<String> trustedProxies, @DefaultValue("10s") Duration requestTimeout,
		@DefaultValue("1KB") DataSize slowestBody, @DefaultValue("100") int maxHeaders,
		@DefaultValue("0s") Duration strictTransport, @DefaultValue Cors cors) {

	/**
	 * Pages of other sites.
	 *
	 * @param allowedOrigins for example {@code https://shop.example}; by default none
	 * @param maxAge for how long a browser may remember what it was allowed
	 */
	public record Cors(@DefaultValue Set<String> allowedOrigins, @DefaultValue("10m") Duration maxAge) {

		/** Whether pages of an origin may use the API as the site's own do. */
		public boolean allows(@Nullable String origin) {
			return origin != null && this.allowedOrigins.contains(origin);
		}

	}

}
