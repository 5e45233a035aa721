package dev.agora.session.login;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of failed attempts to log in.
 *
 * @param window the time in which failures count, from the first
 * @param perHandle failures for one handle, after which addresses from which its member
 * has never logged in are refused
 * @param perHandleAndAddress failures for one handle from one address
 * @param perAddress failures from one address, for all handles together
 * @param localCounters how many counters an instance keeps while Redis is unavailable
 */
@ConfigurationProperties("session.login-limit")
public record LoginLimitSettings(@DefaultValue("15m") Duration window, @DefaultValue("10") int perHandleAndAddress,
		@DefaultValue("200") int perAddress, @DefaultValue("50") int perHandle,
		@DefaultValue("100000") int localCounters) {
}
