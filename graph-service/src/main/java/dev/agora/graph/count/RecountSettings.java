package dev.agora.graph.count;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.agora.platform.settings.SettingBounds;

/**
 * How fast the counts of all members are compared with their ties, again and again.
 *
 * @param interval the time between two parts of the comparison
 * @param members the number of members in one part
 */
@ConfigurationProperties("agora.graph-recount")
public record RecountSettings(@DefaultValue("1s") Duration interval, @DefaultValue("20") int members) {

	public RecountSettings {
		SettingBounds.requirePositive("agora.graph-recount.interval", interval);
		SettingBounds.requireAtLeast("agora.graph-recount.members", 1, members);
	}

}
