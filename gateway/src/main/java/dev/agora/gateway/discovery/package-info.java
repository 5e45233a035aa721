/**
 * Finds the instances of services by DNS name, in files, or in the Kubernetes API.
 */
@NullMarked
package dev.agora.gateway.discovery;

import org.jspecify.annotations.NullMarked;
