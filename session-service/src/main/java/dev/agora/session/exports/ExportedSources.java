package dev.agora.session.exports;

import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.exports.ExportSource;
import dev.agora.session.member.Members;
import dev.agora.session.session.KnownAddresses;
import dev.agora.session.session.Sessions;

/** Lists what session-service holds about a member. */
@Configuration(proxyBeanMethods = false)
public class ExportedSources {

	@Bean
	ExportSource exportedMember(Members members) {
		return ExportSource.of("member", (id) -> Flux.from(members.find(id).map(ExportedMemberView::of)));
	}

	@Bean
	ExportSource exportedSessions(Sessions sessions) {
		return ExportSource.of("session", (id) -> sessions.findAll(id).map(ExportedSessionView::of));
	}

	@Bean
	ExportSource exportedNetworks(KnownAddresses addresses) {
		return ExportSource.of("known-network", addresses::list);
	}

}
