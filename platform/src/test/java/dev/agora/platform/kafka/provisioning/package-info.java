/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.platform.kafka.provisioning;

import org.jspecify.annotations.NullMarked;
