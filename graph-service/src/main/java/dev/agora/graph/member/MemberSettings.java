package dev.agora.graph.member;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a request waits for the copy of a member who has only just registered.
 *
 * @param young up to which age a member's event may still be on its way
 * @param patience how long a request waits for it at the most
 * @param look how often it looks meanwhile
 */
@ConfigurationProperties("graph.member")
public record MemberSettings(@DefaultValue("30s") Duration young, @DefaultValue("2s") Duration patience,
		@DefaultValue("50ms") Duration look) {
}
