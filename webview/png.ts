/**
 * Draws an SVG picture on a canvas.
 *
 * @param scale - pixels for each unit of the picture
 * @returns a PNG file; undefined when the picture cannot be drawn, or is larger than a canvas can be
 */
export async function drawPng(svg: string, scale: number): Promise<Uint8Array | undefined> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    // Browsers leave a canvas that is too large blank, and say nothing; a picture has paper to its last corner.
    const corner = context.getImageData(canvas.width - 1, canvas.height - 1, 1, 1).data;
    if (corner[3] !== 255) return undefined;
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    return blob === null ? undefined : new Uint8Array(await blob.arrayBuffer());
  } catch {
    return undefined;
  }
}
