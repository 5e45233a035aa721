package dev.agora.session.member;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stays of members who left.
 *
 * @param handleRetention for how long nobody else gets their handle; longer than any
 * listener may lag behind, so that no copy shows one member's deeds under another's
 * handle
 */
@ConfigurationProperties("session.member")
public record MemberSettings(@DefaultValue("30d") Duration handleRetention) {
}
