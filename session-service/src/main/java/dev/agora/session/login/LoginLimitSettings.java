package dev.agora.session.login;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many attempts to log in may fail.
 *
 * @param window in which failures are counted, from the first
 * @param perHandleAndAddress failures for one handle from one address
 * @param perAddress failures from one address, whatever the handles
 * @param perHandle failures for one handle, after which it is closed to addresses from
 * which its member has never logged in
 * @param tracked how many counts a process keeps while Redis is away
 */
@ConfigurationProperties("session.login-limit")
public record LoginLimitSettings(@DefaultValue("15m") Duration window, @DefaultValue("10") int perHandleAndAddress,
		@DefaultValue("200") int perAddress, @DefaultValue("50") int perHandle, @DefaultValue("100000") int tracked) {
}
