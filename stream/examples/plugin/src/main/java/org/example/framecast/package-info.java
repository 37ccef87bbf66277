/** A plug-in: a source that counts, a layer that inverts, a sink that writes a line per picture. */
package org.example.framecast;
