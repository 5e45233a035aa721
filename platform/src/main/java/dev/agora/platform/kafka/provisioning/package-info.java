/**
 * A process that creates the topics of all services and ends.
 */
@NullMarked
package dev.agora.platform.kafka.provisioning;

import org.jspecify.annotations.NullMarked;
