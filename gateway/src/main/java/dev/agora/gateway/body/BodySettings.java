package dev.agora.gateway.body;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much memory request bodies and unread responses take.
 *
 * @param memory memory for all request bodies; one half is for members, the other for
 * anonymous clients. Together with {@code unread-memory} it must fit into the memory
 * limit of the container, beside the 249 MiB of a loaded gateway and its heap's growth
 * @param maxIncomplete how many bodies are received at a time; one half is for members,
 * the other for anonymous clients
 * @param memoryPerClient memory for the bodies of one member or one address
 * @param perAddress how many bodies of anonymous clients at one address are received at a
 * time
 * @param perMember how many bodies of one member are received at a time
 * @param uploadsPerMember how many files one member uploads at a time; their bodies are
 * streamed and take about 1 MB each, which {@code memory} does not include
 * @param retryAfter when a request that was rejected for its body may be repeated
 * @param unreadMemory memory for responses that their clients do not read
 */
@ConfigurationProperties("gateway.body")
public record BodySettings(@DefaultValue("48MB") DataSize memory, @DefaultValue("4096") int maxIncomplete,
		@DefaultValue("8MB") DataSize memoryPerClient, @DefaultValue("64") int perAddress,
		@DefaultValue("32") int perMember, @DefaultValue("2") int uploadsPerMember,
		@DefaultValue("1s") Duration retryAfter, @DefaultValue("24MB") DataSize unreadMemory) {
}
