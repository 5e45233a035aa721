package dev.agora.graph.count;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast the counts of all members are compared with their ties, again and again.
 *
 * @param interval the time between two parts of the comparison
 * @param members the number of members in one part
 */
@ConfigurationProperties("agora.graph-recount")
public record RecountSettings(@DefaultValue("1s") Duration interval, @DefaultValue("20") int members) {

	private static final Duration SHORTEST = Duration.ofMillis(10);

	private static final int MOST = 10_000;

	public RecountSettings {
		if (interval.compareTo(SHORTEST) < 0) {
			throw new IllegalArgumentException("agora.graph-recount.interval must be at least 10ms.");
		}
		if (members < 1 || members > MOST) {
			throw new IllegalArgumentException("agora.graph-recount.members must be from 1 to " + MOST + ".");
		}
	}

}
