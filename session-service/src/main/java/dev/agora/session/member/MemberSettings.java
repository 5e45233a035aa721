package dev.agora.session.member;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What members may do, and what stays of those who left.
 *
 * @param handleRetention for how long nobody else gets their handle; longer than any
 * listener may lag behind, so that no copy shows one member's deeds under another's
 * handle
 * @param renamesPerHour how often a member may change their name: each change has to be
 * brought into all that they made
 */
@ConfigurationProperties("session.member")
public record MemberSettings(@DefaultValue("30d") Duration handleRetention, @DefaultValue("10") int renamesPerHour) {

	public MemberSettings {
		if (renamesPerHour < 1) {
			throw new IllegalArgumentException("A member may change their name at least once an hour.");
		}
	}

}
