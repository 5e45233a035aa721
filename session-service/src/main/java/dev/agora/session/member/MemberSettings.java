package dev.agora.session.member;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of members.
 *
 * @param handleRetention how long the handle of a deleted member stays reserved; longer
 * than any listener may lag behind, so that no projection shows one member's activities
 * under another's handle
 * @param renamesPerHour how often a member may change their name; each change has to be
 * reconciled in everything that they created
 */
@ConfigurationProperties("session.member")
public record MemberSettings(@DefaultValue("30d") Duration handleRetention, @DefaultValue("10") int renamesPerHour) {

	public MemberSettings {
		if (renamesPerHour < 1) {
			throw new IllegalArgumentException("session.member.renames-per-hour must be at least 1.");
		}
	}

}
