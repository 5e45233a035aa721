package dev.agora.session.session;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.id.IdGenerator;
import dev.agora.session.member.Card;
import dev.agora.session.member.Profile;

/** Applies the lifetimes of sessions at the current time. */
public final class SessionExpiry {

	private final SessionSettings settings;

	private final IdGenerator ids;

	private final Clock clock;

	public SessionExpiry(SessionSettings settings, IdGenerator ids, Clock clock) {
		this.settings = settings;
		this.ids = ids;
		this.clock = clock;
	}

	/** The current time, in the precision of the store. */
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	Session newSession(Profile member, @Nullable String device, @Nullable String address) {
		Instant now = now();
		Instant end = now.plus(this.settings.absoluteLifetime());
		return new Session(this.ids.next(), Card.of(member), member.version(), member.operatorSince(), device, address,
				now, now, end, end)
			.touched(now, this.settings.idleLifetime());
	}

	boolean isOpen(Session session) {
		return session.isOpenAt(now());
	}

	boolean isTouchDue(Session session) {
		return session.isTouchDue(now(), this.settings.touchInterval());
	}

	Session touched(Session session) {
		return session.touched(now(), this.settings.idleLifetime());
	}

}
