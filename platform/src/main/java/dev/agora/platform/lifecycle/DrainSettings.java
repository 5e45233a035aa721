package dev.agora.platform.lifecycle;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the ordered end of a process.
 *
 * @param delay the time for which the process keeps serving when it must end; it must be
 * longer than the interval of the callers' health checks
 */
@ConfigurationProperties("agora.drain")
public record DrainSettings(@DefaultValue("5s") Duration delay) {
}
