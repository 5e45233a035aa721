package dev.agora.gateway.rate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rate limits of each client.
 *
 * @param address requests per second from one address; zero is no limit
 * @param addressBurst requests at once from one address
 * @param member requests per second of one member; zero is no limit
 * @param memberBurst requests at once of one member
 * @param tracked how many addresses, and how many members, a gateway tracks
 */
@ConfigurationProperties("gateway.limit.rate")
public record RateLimitSettings(@DefaultValue("100") int address, @DefaultValue("200") int addressBurst,
		@DefaultValue("50") int member, @DefaultValue("100") int memberBurst, @DefaultValue("50000") int tracked) {
}
