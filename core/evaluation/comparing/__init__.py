"""Two runs judged on the same images: is their difference more than noise?"""
