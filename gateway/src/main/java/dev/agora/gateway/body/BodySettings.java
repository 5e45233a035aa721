package dev.agora.gateway.body;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How many request bodies are received at a time, and how much memory bodies take.
 * Requests of members and those of anonymous clients have places and memory of their own.
 *
 * @param memory for the bodies of all members, and again for those of all anonymous
 * clients
 * @param places how many bodies of members are incomplete at a time, and again of
 * anonymous clients
 * @param memoryPerClient for the bodies of one member or one address
 * @param perAddress how many bodies of anonymous clients at one address are incomplete at
 * a time
 * @param perMember how many bodies of one member are incomplete at a time
 * @param retryAfter when a request that was refused may be repeated
 * @param unread for responses that their clients do not read
 */
@ConfigurationProperties("gateway.body")
public record BodySettings(@DefaultValue("24MB") DataSize memory, @DefaultValue("2048") int places,
		@DefaultValue("8MB") DataSize memoryPerClient, @DefaultValue("64") int perAddress,
		@DefaultValue("32") int perMember, @DefaultValue("1s") Duration retryAfter,
		@DefaultValue("24MB") DataSize unread) {
}
