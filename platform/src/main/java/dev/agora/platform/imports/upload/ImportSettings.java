package dev.agora.platform.imports.upload;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of imports.
 *
 * @param maxUpload the maximum length of a file; the gateway has a limit of its own
 * @param maxWaiting the maximum number of imports of one member that wait for a worker;
 * further ones are refused
 * @param uploadTimeout the maximum time that an upload takes
 */
@ConfigurationProperties("agora.imports")
public record ImportSettings(@DefaultValue("64MB") DataSize maxUpload, @DefaultValue("10") int maxWaiting,
		@DefaultValue("10m") Duration uploadTimeout) {
}
