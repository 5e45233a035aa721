/**
 * The client of the check of a cluster: it runs in a pod, with the libraries of the
 * gateway's image.
 */
@NullMarked
package dev.agora.measure.cluster;

import org.jspecify.annotations.NullMarked;
